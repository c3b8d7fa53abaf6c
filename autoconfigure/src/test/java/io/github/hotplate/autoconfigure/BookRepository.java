package io.github.hotplate.autoconfigure;

import java.util.List;

import org.springframework.data.repository.CrudRepository;

/**
 * A repository of the tests, found and made by Spring Boot.
 */
interface BookRepository extends CrudRepository<Book, String> {

	List<Book> findByAuthorAndGenre(String author, String genre);

}
