/**
 * Assertions on what code does to Redis.
 */
@NullMarked
package io.github.hotplate.test.assertj;

import org.jspecify.annotations.NullMarked;
