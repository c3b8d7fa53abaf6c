package io.github.hotplate.config;

/**
 * The number of typos between two words: letters omitted, added, replaced, or swapped
 * with their neighbor (the optimal string alignment distance).
 */
final class EditDistance {

	// Words of four letters are too similar to each other for a guess.
	private static final int LETTERS_PER_SLIP = 5;

	private EditDistance() {
	}

	static boolean isTypo(String word, String known) {
		return between(word, known) <= known.length() / LETTERS_PER_SLIP;
	}

	static int between(String first, String second) {
		int[][] distance = new int[first.length() + 1][second.length() + 1];
		for (int i = 0; i <= first.length(); i++) {
			for (int j = 0; j <= second.length(); j++) {
				distance[i][j] = (i == 0 || j == 0) ? i + j : smallestStep(distance, first, second, i, j);
			}
		}
		return distance[first.length()][second.length()];
	}

	private static int smallestStep(int[][] distance, String first, String second, int i, int j) {
		int mistaken = distance[i - 1][j - 1] + ((first.charAt(i - 1) == second.charAt(j - 1)) ? 0 : 1);
		int smallest = Math.min(mistaken, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
		boolean swapped = i > 1 && j > 1 && first.charAt(i - 1) == second.charAt(j - 2)
				&& first.charAt(i - 2) == second.charAt(j - 1);
		return swapped ? Math.min(smallest, distance[i - 2][j - 2] + 1) : smallest;
	}

}
