package dev.kyma.service.runtime;

import dev.kyma.format.SegmentFormat;
import dev.kyma.format.tlm.TlmFormat;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The one place where it is decided which format extents are in. */
@Dependent
final class FormatBeans {

  @Produces
  @Singleton
  SegmentFormat format() {
    return new TlmFormat();
  }
}
