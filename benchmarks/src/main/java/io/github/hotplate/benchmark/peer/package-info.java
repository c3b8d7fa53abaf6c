/**
 * The clients that are compared, behind one interface.
 */
@NullMarked
package io.github.hotplate.benchmark.peer;

import org.jspecify.annotations.NullMarked;
