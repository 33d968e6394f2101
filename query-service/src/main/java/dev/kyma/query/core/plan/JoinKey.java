package dev.kyma.query.core.plan;

/**
 * Two columns of equal type that a join compares for equality; NULL equals nothing.
 *
 * @param left the place of the column in the left input
 * @param right the place of the column in the right input
 */
public record JoinKey(int left, int right) {}
