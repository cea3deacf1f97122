extension WordLists {
  /// Nouns that name no person. A word that may also be said of people ("model", "star", "guide", "figure") is not here.
  static let things = """
    accident acid advertisement aircraft airplane airport alarm album algorithm alloy alphabet analysis answer
    antibody app apple application approach aquarium argument article artifact artwork asset atlas atom auction automobile
    axe backpack bacteria bag ball balloon banana bar barrel basket battery beach bean bed beer bell bench beverage
    bicycle bike bill biography blanket blender blog boat bone book booklet boot bottle bowl box bracelet branch bread
    breakfast brick bridge brochure bucket budget bug building bus button cabinet cable cake calculator calendar camera
    can candle canvas car card carpet cart cartoon case castle catalog catalogue cell cereal chapter charger chart
    chatbot checklist cheese chemical chip chocolate cigarette clause clock cloth clothing cloud coat code coffee coin
    collection column comet commentary compound computer concept concert conclusion condition conference console
    constitution contract cookbook cookie cotton course crater cream currency curriculum curve cushion cycle data
    database dataset debate decision deck definition description desk dessert device diagram dialogue diary dictionary
    diet discussion disease dish dishwasher disk display document documentary door drawing dress drink drone drug
    earthquake economy ecosystem editorial egg electricity element elevator email encyclopedia energy engine enzyme
    episode equation equipment error essay event evidence exam examination example exercise exhibit exhibition
    experiment explanation explosion fable fabric faucet feature fence fertilizer festival fiber file film filter
    flag flashlight flood floor flour flower flute food footage forest fork form formula fossil framework freezer fridge
    fruit fuel function fungus furniture gadget galaxy game garden garment gas gate gearbox gene glass glove gold grain
    grammar graph grass gravity guitar hammer handbook handle harbor harvest hat headline headphone headphones headset
    heater helmet highway hill history holiday horn hose hurricane hymn idea image incident index information
    ingredient instrument insurance interface internet interview introduction invention inventory invoice iron island
    issue item jacket jam jar jeans joke journal journey juice kettle key keyboard kitchen knife ladder lake lamp
    landscape language laptop laser law lawsuit leaflet leather lecture legislation lemon lens lesson letter library
    license light limestone link liquid list loan lock locomotive logo loom lorry lotion machine magazine magnet manual
    manuscript map market material math mattress meal measurement meat medal medicine meeting memo memoir menu message
    metal meteor method metric microphone microscope microwave milk mineral mirror mission mixture molecule moment money
    monument moon motor motorcycle mountain movie mug mushroom music myth nail narrative necklace needle
    neighborhood network newsletter newspaper noise note notebook notice novel number object observation ocean oil
    omelette opera opinion orange orbit orchard order outline oven overview oxygen package page paint painting pamphlet
    pan paper paradox paragraph parcel park particle passage password pasta patch patent path pattern payment pen pencil
    performance perfume period petition phenomenon phone photo photograph phrase piano picture pie pill pillow pipe
    pizza plan planet plastic plate platform playlist plot pod podcast poem policy pollution pond pool portfolio post
    poster pot potato powder prayer prediction prescription presentation prison problem procedure process processor
    product program programme project promise proof property proposal protein protocol prototype proverb pump puzzle
    quantity question questionnaire quiz quotation quote radio railway rain ratio reaction reactor receipt recipe record
    reference reflection refrigerator regulation report reservoir resource restaurant result review revolution rhyme
    ribbon rice rifle ring river road robot rock rocket roof room rope route rover rule ruling rumor sail salad salt
    sandwich satellite sauce scale scarf scene schedule school scissors scooter score screen screw script scroll
    sculpture sea season seat secret section seed sentence sequel sequence series sermon server service shampoo shed
    sheet shelf shell ship shirt shoe shoes shop shovel shrub signal silk skirt skyscraper smartphone smartwatch snow
    soap sofa software soil solution song soup spacecraft speech spice spoon spreadsheet spring square stadium
    stamp state statement statistic statue steel step stew stone store storm story stove strategy street study
    submarine subway suitcase summary supplement survey sweater sword symbol symphony symptom synopsis system table
    tablet tale tape target tariff taste tax taxi tea technique technology telephone telescope television temple tent
    term test text textbook theme theorem theory therapy thermometer thermostat thesis ticket tide tire tissue title
    toaster tofu tomato tool toothbrush topic tornado tower toy tractor trade trailer train transaction translation
    transmission treaty tree trend trial trick trip truck tunnel turbine tutorial tweet typewriter umbrella universe
    vaccine vacuum valley value van vase vegetable vehicle verdict version video village vinegar violin virus visa
    vitamin volcano vote voyage wagon wall wallet wardrobe warehouse warning watch water waterfall wave weapon weather
    webinar website wheel whiskey whistle wind window wine winter wire wood wool word workflow workshop yacht yogurt
    zipper photosynthesis mitochondria inflation democracy evolution economics capitalism freedom importance history
    reason purpose meaning impact effect effects role use benefits benefit advantages causes rise fall development
    """

  static let places = """
    continent desert province region coastline coast peninsula glacier canyon county plateau delta lagoon bay archipelago
    capital metropolis suburb
    """
}
