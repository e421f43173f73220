import { Context } from 'mingo/core';
import { $eq, $gt, $gte, $in, $lt, $lte, $ne } from 'mingo/operators/query/comparison';
import { $exists } from 'mingo/operators/query/element';
import { $regex } from 'mingo/operators/query/evaluation';
import { $and, $or } from 'mingo/operators/query/logical';
import { Query } from 'mingo/query';
import type { Filter } from '../document-store.port.js';
import { withRegex } from '../including.js';

/** What the port's filters are made of. All of mingo would take four times as long to load. */
const context = Context.init({ query: { $and, $eq, $exists, $gt, $gte, $in, $lt, $lte, $ne, $or, $regex } });

/** Decides which documents a filter is for, and in which order they come. @throws Error where the filter has another operator */
export const queryOf = (filter: Filter): Query => new Query(withRegex(filter), { context });
