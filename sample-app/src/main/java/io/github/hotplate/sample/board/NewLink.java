package io.github.hotplate.sample.board;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.constraints.URL;

/**
 * A link as a visitor submits it.
 *
 * @param title what the page shows, at most 120 characters
 * @param url an {@code http} or {@code https} address
 * @since 0.1.0
 */
public record NewLink(
		@NotBlank(message = "Give the link a title") @Size(max = 120,
				message = "Keep the title within {max} characters") String title,

		@NotBlank(message = "Give the link an address") @Size(max = 2000,
				message = "Keep the address within {max} characters") @URL(regexp = "(?i)https?://.+",
						message = "The address must start with http:// or https://") String url) {

}
