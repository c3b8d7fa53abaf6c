/**
 * What Spring Boot reads: finds the declared clients and registers the beans of each.
 * <p>
 * Internal except for {@link HotplateAutoConfiguration}: may change without notice.
 */
@NullMarked
package io.github.hotplate.autoconfigure;

import org.jspecify.annotations.NullMarked;
