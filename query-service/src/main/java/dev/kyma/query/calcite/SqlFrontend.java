package dev.kyma.query.calcite;

import dev.kyma.query.calcite.parse.ParsedStatement;
import dev.kyma.query.calcite.parse.Places;
import dev.kyma.query.calcite.parse.StatementGrammar;
import dev.kyma.query.calcite.plan.NoTables;
import dev.kyma.query.calcite.plan.PlannedQuery;
import dev.kyma.query.calcite.resolve.TableResolver;
import dev.kyma.query.core.frontend.QueryFrontend;
import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.frontend.Session;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.StorageView;
import dev.kyma.query.core.frontend.StorageWork;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.rewrite.PlanRewriter;
import dev.kyma.query.statement.NearNames;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * SQL in Postgres' dialect. Safe for use by many threads.
 *
 * <p>Plans of queries are kept by their text and the version of the schemas, before the time of the
 * statement is put in, so that a repeated statement is only looked up and made ready.
 */
public final class SqlFrontend implements QueryFrontend {
  private static final String INFORMATION_SCHEMA = "information_schema";

  private final PlanCache cache = new PlanCache();

  @Override
  public String language() {
    return "sql";
  }

  @Override
  public Statement parse(String text, Session session) {
    try {
      return statement(text, session);
    } catch (StackOverflowError tooDeep) {
      throw StatementException.of(Code.UNSUPPORTED, "The statement nests too deeply.");
    }
  }

  private Statement statement(String text, Session session) {
    PlanCache.Key key = new PlanCache.Key(text, session.schemas().version());
    PlannedQuery known = cache.find(key);
    if (known != null) {
      return bound(known, session.now());
    }
    return switch (StatementGrammar.parse(text)) {
      case ParsedStatement.Query query -> {
        PlannedQuery planned = PlannedQuery.of(query.query(), session.schemas(), session.now());
        cache.keep(key, planned);
        yield bound(planned, session.now());
      }
      case ParsedStatement.Explain explain ->
          new Statement.Explain(query(explain.query(), session), explain.mode());
      case ParsedStatement.Insert insert -> new TableStatements(session).insert(insert);
      case ParsedStatement.CreateTable create -> new TableStatements(session).create(create);
      case ParsedStatement.AddColumns add -> new TableStatements(session).addColumns(add);
      case ParsedStatement.SetOptions set -> new TableStatements(session).setOptions(set);
      case ParsedStatement.Update update -> new ChangeStatements(session).update(update);
      case ParsedStatement.Delete delete -> new ChangeStatements(session).delete(delete);
      case ParsedStatement.FlushTable(SqlIdentifier table) ->
          new Statement.Maintain(new StorageWork.FlushTable(table(table, session)));
      case ParsedStatement.FlushAll(Optional<SqlIdentifier> database) ->
          new Statement.Maintain(
              new StorageWork.FlushAll(database.map(name -> database(name, session))));
      case ParsedStatement.Compact(SqlIdentifier table) ->
          new Statement.Maintain(new StorageWork.Compact(table(table, session)));
      case ParsedStatement.Check(ParsedStatement.CheckTarget target, StorageWork.Depth depth) ->
          new Statement.Maintain(new StorageWork.Check(target(target, session), depth));
      case ParsedStatement.AdoptLog(SqlIdentifier table) ->
          new Statement.Maintain(new StorageWork.AdoptLog(table(table, session)));
      case ParsedStatement.ShowStorage(StorageView view, SqlIdentifier table) ->
          new Statement.ShowStorage(view, table(table, session));
      case ParsedStatement.ShowJobs _ -> new Statement.ShowJobs();
      case ParsedStatement.KillJob(long job) -> new Statement.KillJob(job);
      case ParsedStatement.DropTable drop ->
          new Statement.DropTable(TableResolver.name(drop.name()), drop.ifMissing());
      case ParsedStatement.Describe describe ->
          new Statement.Describe(TableResolver.table(describe.table(), session.schemas()));
      case ParsedStatement.ShowTables show -> new Statement.ShowTables(show.database());
      case ParsedStatement.ShowDatabases _ -> new Statement.ShowDatabases();
    };
  }

  /** A table whose rows Kyma stores. */
  private static TableShape table(SqlIdentifier name, Session session) {
    TableShape table = TableResolver.table(name, session.schemas());
    if (table.table().database().equals(INFORMATION_SCHEMA)) {
      throw StatementException.at(
          Code.INVALID,
          Places.start(name.getParserPosition()),
          "\"" + table.table() + "\" is a view: it has no rows that are stored.");
    }
    return table;
  }

  private static String database(SqlIdentifier name, Session session) {
    Set<String> known = new TreeSet<>();
    known.add(Schemas.DEFAULT_DATABASE);
    session.schemas().tables().forEach(table -> known.add(table.database()));
    if (!known.contains(name.getSimple())) {
      List<String> near = NearNames.of(name.getSimple(), known);
      throw new StatementException(
          Code.UNKNOWN_TABLE,
          "There is no database \"" + name.getSimple() + "\"." + NearNames.hint(near),
          Optional.of(Places.start(name.getParserPosition())),
          near);
    }
    return name.getSimple();
  }

  private static StorageWork.Target target(ParsedStatement.CheckTarget target, Session session) {
    return switch (target) {
      case ParsedStatement.CheckTarget.Table(SqlIdentifier name) ->
          new StorageWork.Target.Table(table(name, session));
      case ParsedStatement.CheckTarget.Storage _ -> new StorageWork.Target.Storage();
      case ParsedStatement.CheckTarget.All _ -> new StorageWork.Target.All();
    };
  }

  private static Statement.Query query(SqlNode query, Session session) {
    return bound(PlannedQuery.of(query, session.schemas(), session.now()), session.now());
  }

  private static Statement.Query bound(PlannedQuery planned, Instant now) {
    Plan plan = PlanRewriter.rewrite(planned.plan(), now);
    return new Statement.Query(plan, planned.columns());
  }

  @Override
  public void warmUp() {
    Session session = new Session(new NoTables(), Instant.EPOCH);
    for (String statement : WARM_UP) {
      parse(statement, session);
    }
  }

  private static final List<String> WARM_UP =
      List.of(
          """
          SELECT a.k, count(*) AS n, sum(a.v), percentile_cont(0.9) WITHIN GROUP (ORDER BY a.v)
          FROM (VALUES (1, 'x', now()), (2, 'y', now() - INTERVAL '1 hour')) AS a(v, k, t)
          JOIN (VALUES (1), (2)) AS b(v) ON a.v = b.v
          WHERE a.t > now() - INTERVAL '1 day' AND a.k LIKE 'x%'
          GROUP BY a.k ORDER BY n DESC LIMIT 5""");
}
