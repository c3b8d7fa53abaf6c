package io.github.hotplate.sample.board;

/**
 * How much the board is used.
 *
 * @param links how many links were submitted
 * @param views how often the newest {@value StatisticsController#NEWEST} of them were
 * opened
 * @since 0.1.0
 */
public record Statistics(long links, long views) {

}
