/**
 * The rule that decides a record's fate, the only one: a fold over the records of a log partition
 * in log order, from the state at the cursor.
 *
 * <p>Entry classes: {@code LogFold} and {@code KeyLedger} for records; {@code KeyVersions} for the
 * rows of keyed tables, which hide older ones of their keys. Flush and hot tail run the same code,
 * so what a query sees of the tail is what the flush will write. No Kafka types here; a fold is
 * used by one thread.
 */
@NullMarked
package dev.kyma.catalog.visibility;

import org.jspecify.annotations.NullMarked;
