/**
 * Who may talk to Kyma: static bearer tokens, and the guard that keeps an open door off the
 * network.
 *
 * <p>Entry class: {@link dev.kyma.service.security.BearerTokens}. Without tokens every listener
 * must be bound to a loopback address; {@link dev.kyma.service.security.ListenerGuard} refuses to
 * start otherwise. With tokens every request needs one, on every protocol, except the health
 * probes.
 */
@NullMarked
package dev.kyma.service.security;

import org.jspecify.annotations.NullMarked;
