(** What nearly every file starts from: the options and libraries of [Preamble], sums over classes
    and coordinates, the problem with its constants, and vectors of R^d. The files that it exports,
    and [Enclosed], whose numbers are of no problem, start from [Preamble] alone. *)

From NeuralCollapse Require Export Preamble Sums Problem Vectors Constants.
