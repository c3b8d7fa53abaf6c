/**
 * What all benchmarks share: options from the command line and a report in Markdown.
 */
@NullMarked
package io.github.hotplate.benchmark.harness;

import org.jspecify.annotations.NullMarked;
