package dev.kyma.connector.api;

import java.util.List;

/**
 * What this release of the connector service does.
 *
 * @param sources kinds of source database a connector can be created for
 * @param connectors how many connectors there are
 * @param notDone what is planned and not done yet, for people
 */
public record ConnectorStatus(List<String> sources, int connectors, List<String> notDone) {
  static final ConnectorStatus CURRENT =
      new ConnectorStatus(
          List.of(),
          0,
          List.of(
              "creating connectors: POST /v1/connectors answers 501",
              "change data capture from Postgres, MySQL and MongoDB",
              "snapshots of source tables",
              "queries pushed down to source databases"));
}
