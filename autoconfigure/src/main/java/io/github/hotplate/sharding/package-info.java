/**
 * Independent servers that share the keys, after the model of fluster: which server holds
 * a key, and which servers are ejected for now.
 */
@NullMarked
package io.github.hotplate.sharding;

import org.jspecify.annotations.NullMarked;
