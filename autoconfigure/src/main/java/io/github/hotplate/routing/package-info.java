/**
 * Which node sees a command, and one attempt to send it there.
 */
@NullMarked
package io.github.hotplate.routing;

import org.jspecify.annotations.NullMarked;
