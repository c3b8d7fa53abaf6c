/**
 * The actuator endpoint for hot keys and the health of the nodes.
 */
@NullMarked
package io.github.hotplate.actuate;

import org.jspecify.annotations.NullMarked;
