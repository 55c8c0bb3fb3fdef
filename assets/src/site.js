// Enhancements only: every page works without this file.
import { createAll, ErrorSummary, ServiceNavigation, SkipLink } from 'govuk-frontend'
import { copyLinks } from './copy.js'
import { currentHeading, openContents } from './contents.js'
import { notesInPlace } from './notes.js'
import { saveAnswers } from './respond.js'
import { searchAtOnce } from './search.js'
import { completeSearches } from './suggest.js'
import { termsInPlace } from './terms.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
createAll(SkipLink)
createAll(ErrorSummary)
createAll(ServiceNavigation)
copyLinks(document)
openContents(document)
currentHeading(document)
notesInPlace(document)
termsInPlace(document)
completeSearches(document)
searchAtOnce(document)
saveAnswers(document)
