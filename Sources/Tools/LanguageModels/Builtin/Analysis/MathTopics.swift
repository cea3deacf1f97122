/// What mathematical texts are about: a topic as it stands in a sentence, and the words that point to it.
///
/// Tab-separated: topic; cues. A cue is a word, two words joined by `_`, or a LaTeX command with its backslash; `!` marks
/// one that few other topics have. Words count in the singular.
enum MathTopics {
  struct Topic: Sendable {
    let phrase: String
    /// Whether it is a thing that most problems have (an equation, an integer): only where nothing else is found.
    let isVague: Bool
  }

  struct Pointer: Sendable {
    var topic: Int32
    var weight: Float
  }

  static let topics: [Topic] = lines.map { Topic(phrase: $0.topic, isVague: $0.isVague) }

  /// The topics that a word, a pair of words or a command points to.
  static let pointers: HashTable<[Pointer]> = {
    var found: [UInt64: [Pointer]] = [:]
    for (number, line) in lines.enumerated() {
      for cue in line.cues.split(separator: " ") {
        let isStrong = cue.hasSuffix("!")
        let words = cue.filter { $0 != "!" }.split(separator: "_")
        let hashes = words.map { WordHash.of($0.utf8) }
        let hash = hashes.dropFirst().reduce(hashes[0]) { WordHash.pair($0, $1) }
        let weight: Float = line.isVague ? 0.3 : words.count > 1 ? 4 : isStrong ? 3 : 1
        found[hash, default: []].append(Pointer(topic: Int32(number), weight: weight))
      }
    }
    return HashTable(found, empty: [])
  }()

  private static let lines: [(topic: String, cues: String, isVague: Bool)] =
    parsed(table, isVague: false) + parsed(vague, isVague: true)

  private static func parsed(_ table: String, isVague: Bool) -> [(topic: String, cues: String, isVague: Bool)] {
    table.split(separator: "\n").map { line in
      let fields = line.split(separator: "\t").map { String($0) }
      precondition(fields.count == 2, "a topic of mathematics has cues: \(line)")
      return (fields[0], fields[1], isVague)
    }
  }

  private static let table = """
    lattice points\tlattice_point! lattice!
    the midpoint of a segment\tmidpoint!
    distances in the coordinate plane\tdistance_formula! coordinate_plane ordered_pair coordinate
    the slope of a line\tslope! perpendicular_line slope-intercept!
    the intersection of lines\tx-intercept! y-intercept! intersect line
    reflections and rotations\treflected! reflection! rotated! rotation! counterclockwise clockwise transformation translated
    similar and congruent triangles\tsimilar_triangle! congruent! similar
    right triangles\tright_triangle! hypotenuse! pythagorean! right_angle leg
    the medians and centroid of a triangle\tmedian centroid! medians
    altitudes, angle bisectors and special points of a triangle\taltitude! bisector! angle_bisector! orthocenter! incenter! circumcenter! incircle! inradius! circumradius!
    the angles of a triangle\ttriangle \\angle \\triangle isosceles! equilateral!
    the area of a triangle\ttriangle_area heron!
    regular polygons\tpolygon! pentagon! hexagon! octagon! decagon! dodecagon! heptagon! \\circ interior_angle exterior_angle
    quadrilaterals\tquadrilateral! trapezoid! parallelogram! rhombus! kite trapezium!
    squares and rectangles\trectangle! square_region rectangular perimeter!
    cyclic quadrilaterals\tcyclic_quadrilateral! ptolemy!
    circles, chords and tangents\tcircle! chord! tangent! circumference! radius! arc diameter! semicircle! inscribed
    shaded areas\tshaded! shaded_region! overlap
    ellipses and hyperbolas\tellipse! hyperbola! asymptote! focus foci! major_axis minor_axis conic!
    parabolas\tparabola! vertex directrix! axis_symmetry
    the volume of solids\tvolume! cylinder! cone! sphere! pyramid! prism! cube hemisphere! frustum!
    surface areas\tsurface_area! net face edge
    tetrahedra and polyhedra\ttetrahedron! octahedron! polyhedron! icosahedron! dodecahedron!
    planes and lines in space\tplane_containing plane distance_from
    vectors and dot products\tvector! \\mathbf dot_product! cross_product! \\vec projection! orthogonal \\times \\overrightarrow
    matrices and determinants\tmatrix! \\begin{pmatrix} pmatrix! determinant! \\det eigenvalue! bmatrix! matrices! inverse_matrix vmatrix!
    polar and spherical coordinates\tpolar_coordinate! polar! spherical_coordinate! rectangular_coordinate! cylindrical_coordinate! cylindrical! spherical! \\rho
    complex numbers\tcomplex_number! imaginary! \\overline complex conjugate! \\operatorname{im} magnitude \\cis
    roots of unity\troot_unity! roots_unity! \\omega nth_root!
    trigonometric identities\t\\sin \\cos \\tan \\cot \\sec \\csc sine! cosine! tangent_function trigonometric! sin! cos! tan! identity
    inverse trigonometric functions\t\\arcsin \\arccos \\arctan arcsin! arccos! arctan! \\sin^{-1} \\tan^{-1}
    the law of sines and cosines\tlaw_cosines! law_sines! law_of
    the amplitude and period of a sine curve\tamplitude! period! phase_shift! \\text{sine} periodic
    angles in degrees and radians\tdegree radian! \\degree
    quadratic equations\tquadratic! quadratic_formula! quadratic_equation! discriminant! completing_square complete_square
    Vieta's formulas and the roots of polynomials\tvieta! root roots_polynomial product_roots sum_roots solution_sum
    polynomials\tpolynomial! monic! degree cubic! quartic! coefficient!
    polynomial division and remainders\tremainder_theorem! divided_by polynomial_remainder synthetic! long_division!
    factoring\tfactor! factored! factoring! factorization! factorisation! difference_squares
    binomial coefficients\t\\binom \\dbinom binomial! pascal! binomial_theorem! choose \\tbinom
    the expansion of a power\texpansion! expanded! constant_term! expand
    logarithms\tlogarithm! \\log \\ln log! base_logarithm ln!
    exponents and powers\texponent! power! exponential! powers_of
    square roots and radicals\tsquare_root! radical! cube_root! \\sqrt rationalize! denominator_rationalize
    nested radicals and infinite expressions\tnested! infinite_expression continued_fraction!
    rational functions and asymptotes\tvertical_asymptote! horizontal_asymptote! asymptote rational_function! undefined
    absolute values\tabsolute! absolute_value! \\lvert \\rvert
    the floor and ceiling functions\t\\lfloor \\rfloor \\lceil \\rceil floor! ceiling! greatest_integer! floor_function
    functional equations\tfunctional_equation! f(x+y) satisfies_for
    inverse functions\tinverse_function! f^{-1} inverse! invertible!
    the composition of functions\tcomposite_function composition! composed! f(g
    the domain and range of a function\tdomain! range_function domain_function range
    even and odd functions\todd_function! even_function!
    piecewise functions\tpiecewise! cases! \\begin{cases} continuous!
    the graphs of functions\tgraph! plotted axis
    systems of linear equations\tsystem_equations! system_linear simultaneous! substitution elimination! linear_equation! linear_system! \\begin{align*} substitute
    inequalities\tinequality! interval_notation! interval inequalities! \\le \\ge \\leq \\geq
    the AM-GM and Cauchy-Schwarz inequalities\tam-gm! cauchy-schwarz! qm-am! cauchy! schwarz!
    the greatest and smallest value of an expression\tmaximum! minimum! maximum_value! minimum_value! maximize! minimize! largest_possible smallest_possible optimal
    arithmetic sequences\tarithmetic_sequence! arithmetic_progression! common_difference! arithmetic_series! consecutive_term nth_term
    geometric sequences and series\tgeometric_sequence! geometric_series! common_ratio! geometric_progression! infinite_geometric
    telescoping sums\ttelescoping! telescope! partial_fraction! telescopes!
    infinite series\t\\sum \\infty infinite_series! infinite_sum convergent! series! \\infinity
    infinite products\t\\prod infinite_product!
    sequences defined by recursion\tsequence! recursion! recursive! recursively! recurrence! defined_by
    Fibonacci numbers\tfibonacci! lucas_number!
    figurate numbers and patterns\ttriangular_number! pattern! pentagonal_number!
    prime numbers\tprime! prime_number! primes! prime_factor twin_prime
    prime factorization\tprime_factorization! prime_factor! factorization
    divisors of an integer\tdivisor! divisors! positive_divisor! proper_divisor! factors_of positive_factor
    the greatest common divisor and least common multiple\tgreatest_common! least_common_multiple gcd! lcm! \\gcd common_multiple common_divisor \\operatorname{lcm} common_factor
    divisibility\tdivisible! divisibility! divides! multiple_of multiple
    modular arithmetic\tmodulo! \\pmod \\equiv \\bmod congruence! residue! mod! modular! remainder congruent_modulo
    remainders\tremainder! leaves_remainder
    the digits of a number\tdigit! digits! two-digit! three-digit! four-digit! tens_digit units_digit! palindrome! digit_sum five-digit!
    number bases\tbase_ binary! base_10 base_two! base-! octal! hexadecimal! base_b base_eight base_seven base_six base_four base_three base_nine base_five
    perfect squares and cubes\tperfect_square! perfect_cube! perfect_squares
    factorials\tfactorial! factorials!
    repeating decimals\trepeating_decimal! decimal! decimals! terminating! decimal_point decimal_place repeating!
    fractions\tfraction! numerator! denominator! common_fraction mixed_number! \\dfrac
    percentages\tpercent! percentage! \\% discount! tax
    ratios and proportions\tratio! proportion! proportional! inversely! varies! directly
    averages\taverage! mean! median_of arithmetic_mean! mode
    weighted and harmonic means\tharmonic_mean! geometric_mean! weighted!
    units and conversions\tconvert! ounce mile_per inches_foot yard conversion
    rates and speeds\tspeed! mph! miles_per per_hour kilometer_per travel rate uphill downhill
    work rates\tworker! alone together_finish complete_job
    ages\tyears_old! older! age! years_ago!
    money and prices\tcost! price! dollar cent! coin! quarter! dime! nickel! penny! pay earn salary
    interest on savings\tinterest! compounded! annual_interest! investment!
    mixtures and concentrations\tmixture! solution_contains concentration!
    time and calendars\tweek calendar! leap! monday tuesday wednesday thursday friday saturday sunday clock! minute
    scale and maps\tscale! map!
    sets and Venn diagrams\tvenn! subset! subsets! union intersection_set \\cup \\cap inclusion-exclusion!
    counting arrangements\tarrange! arrangement! arranged! permutation! seated! sit seating! distinct_way ways_arrange round_table
    counting combinations\tcombination! choose! committee! ways_choose many_way different_way select_from outfit! number_ways ways
    counting paths on a grid\tpath! grid!
    colourings\tcolor! colored! coloring! painted
    the pigeonhole principle\tpigeonhole! drawer guarantee!
    probability with dice\tdie! dice! six-sided! rolled! roll faces
    probability with coins\tcoin_flip! flip! flipped! toss! tossed! heads! tail
    probability with cards\tdeck! card! king queen hearts spade
    probability of random draws\tprobability! chosen_random! at_random! randomly! draw! drawn marble! ball urn!
    geometric probability\tprobability_point randomly_point segment_random broken
    expected values\texpected! expected_value! expectation!
    statistics of a data set\tstandard_deviation! variance! histogram! stem-and-leaf! outlier!
    chessboards and tournaments\tchessboard! chess! tournament! knight! game_played
    tilings and dissections\ttile! tiled! tiles! tiling! dissected!
    magic squares\tmagic_square! magic!
    operations with made-up symbols\t\\star \\diamond \\spadesuit \\clubsuit \\heartsuit \\oplus \\otimes \\odot operation! \\& operator \\# \\clubs
    order of operations\t\\div order_operations! parentheses! evaluate
    scientific notation and significant figures\tscientific_notation! significant! nearest_whole rounded! round estimate
    limits\tlimit! \\lim \\to approaches
    derivatives\tderivative! differentiate! differentiable! differentiation! tangent_line! f'(x)
    integrals\tintegral! \\int integrate! integration! antiderivative! definite_integral!
    differential equations\tdifferential_equation! ode! initial_condition
    mathematical induction\tinduction! induction_hypothesis! base_case!
    direct and inverse variation\tdirectly_proportional! inversely_proportional! varies_directly! varies_inversely!
    parametric equations\tparametric! parametrized! parameterized! parameter parametrization! parameterization! parameterizes!
    Diophantine equations\tdiophantine! integer_solution! positive_integer_solution integers_satisfy ordered_triple ordered_pairs
    integer partitions\tpartition! stars_bars! distribute! indistinguishable! identical
    graphs and networks\tvertex_edge hamiltonian! eulerian! bipartite!
    groups, rings and fields\tabelian! homomorphism! isomorphism! subgroup! finite_field! cyclic_group!
    topology and metric spaces\ttopological! compact! metric_space! hausdorff!
    combinatorial games\tplayer! winning_strategy! alice bob game
    symmetry\tsymmetry! symmetric! line_symmetry!
    unit cubes\tunit_cube! cubes small_cube cube_edge
    fences, paths and borders\tfence! fencing! border! lawn garden
    """

  private static let vague = """
    sums of whole numbers\tsum sums add adding
    equations in one unknown\tequation solve unknown satisfy solution
    expressions to simplify\tsimplify expression simplified evaluate compute
    integers\tinteger integers positive_integer
    functions\tfunction \\mapsto f(x)
    real numbers\treal_number real
    the product of numbers\tproduct multiply
    areas\tarea
    numbers\tnumber value
    """
}
