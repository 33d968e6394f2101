package dev.kyma.service.security;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Keeps a listener without authentication off the network. */
public final class ListenerGuard {
  private final BearerTokens tokens;

  public ListenerGuard(BearerTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Lets a listener start, or ends the start of the process with one clear line.
   *
   * @param listener what is about to listen, for people
   * @param host the address it will be bound to
   * @throws ConfigurationException if the address is not a loopback one and no token is configured
   */
  public void permit(String listener, String host) {
    if (!tokens.configured() && !loopback(host)) {
      throw new ConfigurationException(
          "Kyma does not start: "
              + listener
              + " would listen on "
              + host
              + " without authentication. Set kyma.auth.tokens, or bind to 127.0.0.1.");
    }
  }

  private static boolean loopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return !host.isBlank();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
