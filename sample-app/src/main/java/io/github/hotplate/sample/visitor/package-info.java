/**
 * Visitors made up by the application, with a skewed taste in links.
 */
@NullMarked
package io.github.hotplate.sample.visitor;

import org.jspecify.annotations.NullMarked;
