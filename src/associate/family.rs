//! Which loads a place's pain is set beside, fixed in advance.

use super::Exposure;
use crate::pain::Site;

/// The sites whose pain is set beside descent.
pub(super) const DESCENT_SITES: &[Site] = &[Site::Knee, Site::Kneecap, Site::Quad, Site::Itb];

/// The sites whose pain is set beside ascent.
pub(super) const ASCENT_SITES: &[Site] = &[Site::Calf, Site::Achilles, Site::Foot];

/// The exposures of a site's family, fixed in advance; that of the same day last.
pub(super) fn exposures(site: Site) -> impl Iterator<Item = Exposure> {
    let everyone = [Exposure::Distance1, Exposure::Distance3];
    let descent = DESCENT_SITES.contains(&site).then_some(Exposure::Descent3);
    let ascent = ASCENT_SITES.contains(&site).then_some(Exposure::Ascent3);
    let before = everyone.into_iter().chain(descent).chain(ascent);
    before.chain([Exposure::Distance0])
}
