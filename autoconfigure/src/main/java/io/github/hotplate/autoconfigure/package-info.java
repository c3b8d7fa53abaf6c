/**
 * What Spring Boot reads: which clients an application declares, and the beans that each
 * of them is made of.
 */
@NullMarked
package io.github.hotplate.autoconfigure;

import org.jspecify.annotations.NullMarked;
