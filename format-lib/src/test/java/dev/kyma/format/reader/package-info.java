/**
 * A second reader of extents, written from {@code docs/spec/tlm-format.md} and nothing else: it
 * imports no class of Kyma. Where it and the product disagree, one of them or the page is wrong.
 */
@NullMarked
package dev.kyma.format.reader;

import org.jspecify.annotations.NullMarked;
