"""Firms, brands and products that are called like people; wherever these words stand together, nobody is meant nearly always."""

from collections.abc import Iterable
from typing import Final

from scanner.names.fold import fold

_BRANDS: Final = """
Abercrombie Fitch, Adolfo Domínguez, Agnès B, Albert Heijn, Alexander McQueen, Allen Edmonds, Ann Taylor, Annie Leibovitz Studio, Arnold
Clark, Arthur Andersen, Aunt Jemima, Austin Reed, Barry Callebaut, Baskin Robbins, Ben Sherman, Benjamin Moore, Bernard Matthews, Betty
Barclay, Betty Crocker, Bob Evans, Booz Allen, Bristol Myers, Brooks Brothers, Brunello Cucinelli, Bruno Banani, Burt's Bees, Calvin
Klein, Captain Morgan, Carl Zeiss, Carlo Colucci, Carolina Herrera, Charles Schwab, Charles Tyrwhitt, Charles Vögele, Christian Dior,
Christian Louboutin, Church Dwight, Clayton Homes, Dale Carnegie, Dan Murphy, Dan Murphy's, Dean Foods, Deutz Fahr, Dolce Gabbana, Dolores
Promesas, Don Julio, Don Simón, Dona Benta, Donna Karan, Douwe Egberts, Dr Martens, Dr Oetker, Dr Pepper, Dr. Martens, Dr. Oetker, Dr.
Pepper, Dun Bradstreet, Earl Grey, Eddie Bauer, Eli Lilly, Elizabeth Arden, Emilio Pucci, Ermenegildo Zegna, Ernst Klett, Estée Lauder,
Etienne Aigner, Fannie Mae, Fox Rothschild, Franck Provost, Fred Meyer, Fred Olsen, Fred Perry, Freddie Mac, Georg Jensen, Georges Rech,
Gerry Weber, Giorgio Armani, Goldman Sachs, Guy Degrenne, Guy Laroche, Hapag Lloyd, Harley Davidson, Harris Tweed, Harry Potter, Harry
Winston, Harvey Nichols, Harvey Norman, Heinrich Deichmann, Helena Rubinstein, Henkell Freixenet, Henri Wintermans, Hertog Jan, Hewlett
Packard, Hugo Boss, Issey Miyake, Jack Daniel, Jack Daniels, Jack Wills, Jack Wolfskin, Jacques Vabre, Jean Louis David, Jean Paul
Gaultier, Jerónimo Martins, Jil Sander, Jim Beam, Jimmy Choo, Jimmy John, Jimmy John's, Joe Fresh, John Deere, John Hancock, John Lewis,
John Player, John Smedley, John West, Johnnie Walker, Johnny Rockets, Johnson Controls, Jos. A. Bank, José Cuervo, Juan Valdez, Julius
Baer, Julius Meinl, Karen Millen, Karl Lagerfeld, Kate Spade, Keurig Dr Pepper, Kurt Geiger, Laura Ashley, Laura Biagiotti, Leroy Merlin,
Levi Strauss, Lilly Pulitzer, Liz Claiborne, Lorna Jane, Louis Delhaize, Louis Dreyfus, Louis Vuitton, Madame Tussauds, Magazine Luiza,
Marc Jacobs, Marc O'Polo, Marie Claire, Mario Badescu, Marks Spencer, Marqués de Cáceres, Marqués de Riscal, Martini Rossi, Mary Kay,
Massimo Dutti, Max Factor, Max Havelaar, Max Mara, Merrill Lynch, Michael Kors, Michel et Augustin, Mill's Brothers, Molton Brown, Morgan
Stanley, Mr Kipling, Nancy Drew, Nathan's Famous, Neiman Marcus, Nelly Moser, Nick Scali, Nina Ricci, Oliver Bonas, Oscar Mayer, Oscar de
la Renta, Otto Bock, Paco Rabanne, Papa John's, Patek Philippe, Pedro Domecq, Pedro del Hierro, Peek Cloppenburg, Pepe Jeans, Pernod
Ricard, Perry Ellis, Peter England, Peter Pan, Philip Morris, Philipp Holzmann, Philipp Plein, Pierre Cardin, Pierre Fabre, Pierre Hermé,
Ralph Lauren, Ray Ban, Rob Roy, Robert Bosch, Robert Mondavi, Roberto Cavalli, Roland Berger, Roland Garros, Rolls Royce, Russell Hobbs,
Rémy Cointreau, Rémy Martin, Saint Laurent, Salvatore Ferragamo, Samuel Adams, Samuel Smith, San Pellegrino, Sara Lee, Sergio Rossi,
Shepherd Neame, Sherwin Williams, Stella Artois, Stella McCartney, Stuart Weitzman, Taylor Wimpey, Ted Baker, Thomas Cook, Thomas Sabo,
Thomson Reuters, Tim Hortons, Toll Brothers, Tom Collins, Tom Tailor, Tommy Atkins, Tommy Bahama, Tommy Hilfiger, Tony Roma's, Tony's
Chocolonely, Tory Burch, Trader Joe, Trader Joe's, Travis Perkins, Uncle Ben, Uncle Ben's, Van Cleef, Van Lanschot, Vega Sicilia, Vera
Wang, Victoria's Secret, Villeroy Boch, Vivienne Westwood, Warner Bros, Warner Brothers, Wells Fargo, Williams Sonoma, Willis Towers
Watson, Yves Rocher, Yves Saint Laurent, Zadig Voltaire, Zumtobel, Google, Amazon, Microsoft, Apple, Facebook, Netflix, Twitter,
Instagram, WhatsApp, Telegram, YouTube, TikTok, LinkedIn, Spotify, Xcode, Matplotlib, Siri, Alexa, Thermomix, Duracell, Varta, Gillette,
Nutella, Nespresso, Lavazza, Barilla, Ferrero, Mercedes Benz, Aston Martin, Alfa Romeo, Ahold Delhaize, Wolters Kluwer, Berenschot,
Foppapedretti, Guy Cotten, Fairy, Persil, Ariel
"""
BRANDS: Final = frozenset(fold(name).replace(".", "").replace("-", " ") for name in _BRANDS.replace("\n", " ").strip().split(", "))


def is_brand(words: Iterable[str]) -> bool:
    """Whether the words are a brand, without regard to case, accents, points and hyphens.

    >>> is_brand(["Hugo", "Boss"]), is_brand(["Hugo", "Voss"])
    (True, False)
    """
    return fold(" ".join(word for word in words if word[0].isalpha())).strip() in BRANDS
