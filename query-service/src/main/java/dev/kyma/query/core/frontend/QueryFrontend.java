package dev.kyma.query.core.frontend;

/** A query language. Implementations are safe for use by many threads. */
public interface QueryFrontend {
  /** The language's name in lower case, for example {@code sql}. */
  String language();

  /**
   * Reads one statement, resolves its names and types and plans it.
   *
   * @param text the statement as the user wrote it
   * @param session what the statement is planned against
   * @return the statement; a query's plan is ready to be executed in this session, with its time
   *     already bound
   * @throws StatementException if the text is no statement, or one that cannot be answered; it
   *     proves that nothing was done
   */
  Statement parse(String text, Session session);

  /** Plans something once so that the first user does not wait for class loading. */
  void warmUp();
}
