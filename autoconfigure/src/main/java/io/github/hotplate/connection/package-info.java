/**
 * The Spring Data Redis side of a client: connections that send all commands through the
 * client's executor.
 */
@NullMarked
package io.github.hotplate.connection;

import org.jspecify.annotations.NullMarked;
