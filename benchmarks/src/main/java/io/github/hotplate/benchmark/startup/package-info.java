/**
 * What it costs to start an application with a client.
 */
@NullMarked
package io.github.hotplate.benchmark.startup;

import org.jspecify.annotations.NullMarked;
