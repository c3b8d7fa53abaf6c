/**
 * The actuator endpoints for clients and hot keys, and the health of the nodes.
 */
@NullMarked
package io.github.hotplate.actuate;

import org.jspecify.annotations.NullMarked;
