/**
 * A value as nested lists without names, and its amounts beside it as numbers of the database: an order of three parties stays
 * within the kilobyte that one write unit pays for. What is not there, empty lists and empty objects are a 0, and nothing behind
 * the last that is there is written. Fields are by place, so new ones are added behind the old ones only.
 */
export interface Packer<T> {
  /** The packed value; amounts go to the end of the list. */
  write(value: T, amounts: bigint[]): unknown;
  /** Takes amounts in the order in which they were written. */
  read(packed: unknown, amounts: Amounts): T;
  /** What it is where nothing was written: an empty list, say. Others are not there then. */
  readonly empty?: T;
}

/** Amounts as they are read, one after the other. */
export class Amounts {
  private place = 0;
  private readonly all: readonly bigint[];

  constructor(all: readonly bigint[]) {
    this.all = all;
  }

  next(): bigint {
    const amount = this.all[this.place];
    if (amount === undefined) throw new Error(`There is no amount ${this.place}.`);
    this.place += 1;
    return amount;
  }
}

const nothing = 0;

/** A text, a number above zero, true. */
export function plain<T extends string | number | true>(): Packer<T> {
  return { write: (value) => value, read: (packed) => packed as T };
}

/** Minor units or basis points: only their place is written. */
export const money: Packer<bigint> = {
  write: (value, amounts) => {
    amounts.push(value);
    return 1;
  },
  read: (_, amounts) => amounts.next(),
};

/** One of a list, by its place; new ones are added behind the old ones only. */
export function oneOf<T extends string>(...all: readonly T[]): Packer<T> {
  return {
    write: (value) => all.indexOf(value) + 1,
    read: (packed) => {
      const one = all[Number(packed) - 1];
      if (one === undefined) throw new Error(`There is no ${packed} of ${all.join(', ')}.`);
      return one;
    },
  };
}

/** An instant, as milliseconds since 1970 in base 36. */
export const instantText: Packer<string> = {
  write: (value) => Date.parse(value).toString(36),
  read: (packed) => new Date(Number.parseInt(String(packed), 36)).toISOString(),
};

export function list<T>(of: Packer<T>): Packer<readonly T[]> {
  return {
    write: (values, amounts) => (values.length === 0 ? nothing : values.map((value) => of.write(value, amounts))),
    read: (packed, amounts) => (packed as unknown[]).map((one) => of.read(one, amounts)),
    empty: [],
  };
}

/** An object of a few texts. */
export const texts: Packer<Readonly<Record<string, string>>> = {
  write: (value) => (Object.keys(value).length === 0 ? nothing : value),
  read: (packed) => packed as Record<string, string>,
  empty: {},
};

type Fields<T> = { readonly [Name in keyof Required<T>]: Packer<Exclude<T[Name], undefined>> };

/** An object by its fields, in the order in which they are named here. */
export function fields<T extends object>(of: Fields<T>): Packer<T> {
  const names = Object.keys(of) as (keyof T & string)[];
  const packerOf = (name: keyof T & string) => of[name] as Packer<unknown>;
  return {
    write: (value, amounts) => {
      const packed = names.map((name) =>
        value[name] === undefined ? nothing : packerOf(name).write(value[name], amounts),
      );
      const end = packed.findLastIndex((one) => one !== nothing) + 1;
      return packed.slice(0, end);
    },
    read: (packed, amounts) => {
      const values = packed as unknown[];
      const read = names.map((name, place) => [name, readField(packerOf(name), values[place] ?? nothing, amounts)]);
      return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as T;
    },
  };
}

function readField(packer: Packer<unknown>, packed: unknown, amounts: Amounts): unknown {
  return packed === nothing ? packer.empty : packer.read(packed, amounts);
}
