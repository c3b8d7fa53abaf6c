package io.github.hotplate.sample.visitor;

/**
 * What the simulator has done so far.
 *
 * @param rate visits a second asked for
 * @param maxRate the most that can be asked for
 * @param served visits that ended well
 * @param failed visits that Redis failed
 * @param turnedAway visitors who found too many before them
 */
record VisitorStatistics(int rate, int maxRate, long served, long failed, long turnedAway) {

}
