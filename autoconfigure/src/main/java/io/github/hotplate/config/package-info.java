/**
 * A client's configuration, read from the environment under the client's prefix.
 */
@NullMarked
package io.github.hotplate.config;

import org.jspecify.annotations.NullMarked;
