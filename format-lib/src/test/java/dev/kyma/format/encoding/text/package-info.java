/** Tests of log texts as templates and variables. */
@NullMarked
package dev.kyma.format.encoding.text;

import org.jspecify.annotations.NullMarked;
