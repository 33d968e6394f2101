package dev.kyma.ingest.listener;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The port of OTLP over HTTP. */
@ConfigMapping(prefix = "kyma.otlp.http")
public interface OtlpHttpConfig {

  /** The port; 0 takes a free one. */
  @WithDefault("4318")
  @Min(0)
  @Max(65535)
  int port();

  /** The address it is bound to; anything but a loopback address needs {@code kyma.auth}. */
  @WithDefault("${kyma.host}")
  String host();
}
