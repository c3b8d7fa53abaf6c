/**
 * The link board: submit, open, vote and rank.
 */
@NullMarked
package io.github.hotplate.sample.board;

import org.jspecify.annotations.NullMarked;
