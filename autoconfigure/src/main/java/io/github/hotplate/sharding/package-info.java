/**
 * Independent servers among which the keys are spread: which server a key belongs to, and
 * which servers are left out for now. As fluster does it.
 */
@NullMarked
package io.github.hotplate.sharding;

import org.jspecify.annotations.NullMarked;
