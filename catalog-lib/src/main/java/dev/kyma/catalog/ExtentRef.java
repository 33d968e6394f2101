package dev.kyma.catalog;

import dev.kyma.format.ExtentSummary;

/**
 * A live extent as the catalog knows it.
 *
 * @param key the object's key
 * @param table the table's id
 * @param format the {@link dev.kyma.format.SegmentFormat#name()} it is written in
 * @param length the object's length in bytes
 * @param schemaVersion the version of the table's schema it was written with
 * @param summary what its footer says
 */
public record ExtentRef(
    String key, long table, String format, long length, int schemaVersion, ExtentSummary summary) {}
