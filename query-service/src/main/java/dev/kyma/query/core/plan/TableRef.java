package dev.kyma.query.core.plan;

/**
 * Which table is read. The id decides; the names are for people.
 *
 * @param id the table's identity, as the supplier of the schemas names it; never reused
 * @param database the database the table stands in
 * @param name the table's name in its database
 */
public record TableRef(String id, String database, String name) {
  @Override
  public String toString() {
    return database + "." + name;
  }
}
