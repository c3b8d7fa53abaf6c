/**
 * What finding hot keys costs, how well it finds them, and in how much memory.
 */
@NullMarked
package io.github.hotplate.benchmark.hotkey;

import org.jspecify.annotations.NullMarked;
