/**
 * An object store in a bucket of a service that speaks S3, by the AWS SDK's blocking client.
 *
 * <p>Entry class: {@link dev.kyma.format.io.s3.S3ObjectStore}, safe for use by many threads. The
 * service must honour {@code If-None-Match: *} on PUT; {@link dev.kyma.format.io.CreateOnlyProbe}
 * finds out.
 */
@NullMarked
package dev.kyma.format.io.s3;

import org.jspecify.annotations.NullMarked;
