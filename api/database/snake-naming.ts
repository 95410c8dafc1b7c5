import { DefaultNamingStrategy, type NamingStrategyInterface } from "typeorm";

/** Columns are snake_case in PostgreSQL and camelCase here, without a name written twice. */
export class SnakeNaming extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName || propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}
