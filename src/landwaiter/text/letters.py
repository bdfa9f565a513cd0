"""How do words in Greek, Armenian, Georgian and Hebrew letters read in Latin ones? Letter by letter, roughly."""

_GREEK = "αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χkh ψps ωo"
_ARMENIAN = (
    "աa բb գg դd եe զz էe ըe թt ժzh իi լl խkh ծts կk հh ձdz ղgh ճch մm յy նn շsh ոo չch պp ջj ռr սs վv տt րr"
    " ցts ւv փp քk օo ֆf ևev"
)
_GEORGIAN = (
    "აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟzh რr სs ტt უu ფp ქk ღgh ყq შsh ჩch ცts ძdz წts ჭch ხkh ჯj ჰh"
)
_HEBREW = "אa בb גg דd הh וw זz חh טt יy כk ךk לl מm םm נn ןn סs עa פp ףf צts ץts קk רr שsh תt"
_READING = {
    ord(pair[0]): pair[1:] for table in (_GREEK, _ARMENIAN, _GEORGIAN, _HEBREW) for pair in table.split(" ") if pair
}


def read_letters(word: str) -> str:
    """A folded word with each letter of these alphabets read in Latin letters, others kept."""
    return word.translate(_READING)
