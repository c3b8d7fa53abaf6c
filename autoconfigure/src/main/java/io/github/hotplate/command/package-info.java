/**
 * What is about to be sent: a command's name, keys, access and the nodes that must see
 * it.
 */
@NullMarked
package io.github.hotplate.command;

import org.jspecify.annotations.NullMarked;
