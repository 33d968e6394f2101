/** What tests of several packages and modules share: random data and faulty doubles of ports. */
@NullMarked
package dev.kyma.format.testing;

import org.jspecify.annotations.NullMarked;
