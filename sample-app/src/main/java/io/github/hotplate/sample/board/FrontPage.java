package io.github.hotplate.sample.board;

import java.util.List;

/**
 * The links with the most votes, as far as Redis finds them.
 *
 * @param links the links, best first
 * @param missing how many links that have the votes for it are not found
 * @since 0.1.0
 */
public record FrontPage(List<Link> links, int missing) {

}
