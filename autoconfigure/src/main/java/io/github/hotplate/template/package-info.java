/**
 * The templates that applications inject, with an instance for each request.
 */
@NullMarked
package io.github.hotplate.template;

import org.jspecify.annotations.NullMarked;
