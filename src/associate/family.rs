//! Which loads a place's pain is set beside, fixed in advance.

use super::Exposure;
use crate::pain::Site;

/// The sites whose pain is set beside descent.
pub(super) const DESCENT_SITES: &[Site] = &[Site::Knee, Site::Kneecap, Site::Quad, Site::Itb];

/// The sites whose pain is set beside ascent.
pub(super) const ASCENT_SITES: &[Site] = &[Site::Calf, Site::Achilles, Site::Foot];

/// The exposures of a site's family, fixed in advance.
pub(super) fn exposures(site: Site) -> impl Iterator<Item = Exposure> {
    let hills = [
        (DESCENT_SITES, Exposure::Descent3),
        (ASCENT_SITES, Exposure::Ascent3),
    ];
    let hills = hills
        .into_iter()
        .filter(move |(sites, _)| sites.contains(&site))
        .map(|(_, exposure)| exposure);
    [Exposure::Distance1, Exposure::Distance3]
        .into_iter()
        .chain(hills)
}
