/**
 * Hot keys: sampled from the commands of a client, summed up in bounded memory, written
 * to sorted sets in Redis and reported.
 */
@NullMarked
package io.github.hotplate.hotkey;

import org.jspecify.annotations.NullMarked;
