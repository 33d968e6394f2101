/**
 * JSON texts as bytes: reading them without building trees, and writing them.
 *
 * <p>Entry classes: {@link dev.kyma.format.json.JsonScanner} for one text, {@link
 * dev.kyma.format.json.PathExtractor} for a column of texts, {@link
 * dev.kyma.format.json.JsonWriter} to write. Texts are UTF-8 as RFC 8259 wants them; where a key
 * occurs twice in an object the last one counts. Scanners and writers are used by one thread.
 */
@NullMarked
package dev.kyma.format.json;

import org.jspecify.annotations.NullMarked;
