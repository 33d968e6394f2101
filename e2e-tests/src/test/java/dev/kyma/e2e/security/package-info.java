/** Who may reach Kyma, from outside: safe defaults and bearer tokens on every protocol. */
@NullMarked
package dev.kyma.e2e.security;

import org.jspecify.annotations.NullMarked;
