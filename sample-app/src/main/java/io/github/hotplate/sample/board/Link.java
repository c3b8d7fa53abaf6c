package io.github.hotplate.sample.board;

import java.time.Instant;

/**
 * A submitted link and its standing.
 *
 * @param id the number it was given when it was submitted
 * @param title what the page shows
 * @param url where it leads
 * @param submittedAt when it was submitted
 * @param score the votes it has
 * @param views how often it was opened
 * @since 0.1.0
 */
public record Link(long id, String title, String url, Instant submittedAt, long score, long views) {

}
