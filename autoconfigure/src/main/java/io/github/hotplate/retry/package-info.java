/**
 * Retries: which failures are retried, when, and how often.
 */
@NullMarked
package io.github.hotplate.retry;

import org.jspecify.annotations.NullMarked;
