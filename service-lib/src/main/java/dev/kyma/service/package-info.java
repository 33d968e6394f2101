@NullMarked
package dev.kyma.service;

import org.jspecify.annotations.NullMarked;
