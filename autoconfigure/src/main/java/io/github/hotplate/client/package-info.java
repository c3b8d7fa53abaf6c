/**
 * A client put together: its pool as a read-only view, the factory, and what wires and
 * runs it.
 */
@NullMarked
package io.github.hotplate.client;

import org.jspecify.annotations.NullMarked;
